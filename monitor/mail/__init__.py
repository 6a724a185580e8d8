"""mail.db, the private side: subscribers, outbox, rendering, transports.

| file | what |
|---|---|
| `room` | opens mail.db and its secrets |
| `settings` | what the operator says about mail |
| `address` | what an e-mail address may look like, and when two are one |
| `subscribers`, `wishes`, `consents` | people, what they asked for and how, and the record of it |
| `plans`, `outbox`, `retry` | mails that are planned, leased, sent; when to try again |
| `brake`, `bounces` | when sending rests; what came back, and what follows |
| `tokens` | signed words by which a person is known again |
| `wording`, `view`, `environment`, `render` | a digest in words: British English, facts for the templates, Jinja, both parts |
| `headers`, `message` | a mail in bytes |
| `transport`, `folder`, `smtp`, `sendmail`, `stdout` | ways out |
"""
