from django import template

from meetings.practice_showing import cost_in_words

register = template.Library()
register.filter("cost", cost_in_words)
