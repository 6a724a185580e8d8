"""The only room that touches the network: client, pacing, safety, gateway, replay."""
