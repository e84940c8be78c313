from django import template

from actionplan.numbers import show_amount, show_euros, show_number

register = template.Library()
register.filter("euros", show_euros)
register.filter("amount", show_amount)
register.filter("number", show_number)
