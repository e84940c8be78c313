"""What may enter a text: updates are read as bytes before anything is stored or applied."""

from in4green.livetext.gate.checking import Known, Limits, Refused, Scan, check

__all__ = ["Known", "Limits", "Refused", "Scan", "check"]
