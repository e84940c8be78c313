
XXXXXXXX XXXXXXXXXXXXXXXXXXXXXXXX
  XXXXXXXXX gettext(u'What belongs in which column') XXXXXXXXXX
  XXX XXXXXXXXXXXXXX
    XXXX gettext(u'Objective, area of intervention, topics and organisations: names that the portal knows already. Several topics or partners are parted by a semicolon.') XXXXX
    XXXX gettext(u'Days as days of the spreadsheet or like 31.12.2027; amounts as numbers or like 12.500,00.') XXXXX
    XXXX gettext(u'“Not funded”: yes or no.') XXXXX
    XXXX gettext(u'Number: for your own order. An action gets the next number of the plan; a number or title that the plan has already is not taken over again.') XXXXX
    XXXX gettext(u'Formulas are not worked out: copy the column and paste it as values.') XXXXX
  XXXXX
XXXXXXXXXX
