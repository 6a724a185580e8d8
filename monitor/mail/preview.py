"""A mail to look at before anybody gets it: both widths, the text and the headers side by side, on one page."""

from __future__ import annotations

from email.header import decode_header, make_header
from email.parser import BytesHeaderParser
from email.policy import compat32

from monitor.mail.environment import ENGLISH, render_template
from monitor.mail.render import Rendered
from monitor.mail.settings import MailSettings


def preview_page(rendered: Rendered, message: bytes, settings: MailSettings) -> str:
    """The page, complete in itself: the mail's HTML stands in two frames that may run nothing. Raises RenderError."""
    read = BytesHeaderParser(policy=compat32).parsebytes(message)
    headers = [(name, " ".join(str(make_header(decode_header(str(value)))).split())) for name, value in read.items()]
    return render_template(
        "preview.html",
        settings.templates_dir,
        language=ENGLISH,
        subject=rendered.subject,
        html=rendered.html,
        text=rendered.text,
        headers=headers,
        size=len(message),
        html_size=len(rendered.html.encode()),
    )
