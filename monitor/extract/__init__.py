"""Bytes into text: PDF, DOCX, ODT, XLSX, ODS, CSV, plain text and HTML, told apart by content and never by name.

Nothing of a file is parsed in this process. `extractor.open_extractor` starts a reader (`python -m
monitor.extract.worker`) that forks for each file a process with limits on memory, CPU, time and output; that process
reads the file and answers with text, or dies, and either is an `Extraction` with its state and its reason.

    extractor ─▶ wire ─▶ worker ─▶ confinement ─▶ reading ─▶ kinds, then one reader a format ─▶ draft
"""
