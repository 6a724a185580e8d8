"""Bytes into text: PDF, DOCX, ODT, XLSX, ODS, CSV, plain text and HTML, told apart by content and never by name.

Nothing of a file is parsed in this process. `extractor.open_extractor` has a confined process (`python -m
monitor.extract.worker`) read each file in a child with limits on memory, CPU, time and output; it answers with text, or
dies, and either is an `Extraction` with its state and its reason.

    extractor ─▶ monitor.confined ─▶ worker ─▶ reading ─▶ kinds, then one reader a format ─▶ draft
"""
