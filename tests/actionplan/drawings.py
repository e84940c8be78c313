"""Drawings in SVG, taken apart."""

from xml.etree import ElementTree


def rects(drawn):
    return drawn.findall(".//{*}rect")


def texts(drawn):
    return [each.text for each in drawn.findall(".//{*}text")]


def svg(drawn):
    return ElementTree.fromstring(drawn)  # noqa: S314 - our own
