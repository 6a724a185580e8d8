"""Two texts compared: blocks aligned, moves recognised, then words; which edits are of substance; the comparison written down.

`diff` makes a Diff, `materiality` judges it, `passages` and `summary` tell it in short, `marks` write it out. Import each
name from the file that is named after it.
"""
