"""Documents that leave the portal: PDF that anybody can read, and Word files.

Templates are ``.typ`` files below ``templates/``. What people wrote goes in as JSON only, never as
Typst's own language, so that no word of theirs is ever a command.
"""

from in4green.common.documents.frame import register_mark
from in4green.common.documents.printing import Unprintable, pdf, pdf_response
from in4green.common.documents.word import docx, docx_response

__all__ = ["Unprintable", "docx", "docx_response", "pdf", "pdf_response", "register_mark"]
