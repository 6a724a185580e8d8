"""The watch language: text to tree (`parsing`), tree to text (`normal`), and the one evaluator of both (`evaluating`).

docs/watch-language.md describes it for people. Import each name from the file that is named after it.
"""
