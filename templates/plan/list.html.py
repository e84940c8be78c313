
BBBBBBB BBBBBBBBBBB

BBBBB BBBBB
   gettext(u'Action plans') 
BBBBBBBB
BBBBB BBBBBBB
  XXXX gettext(u'Action plans') XXXXX
  BB BBBBBBBBB
    XXXXX XXXXXXXXXX BB BBBBBXXXXXXXXXXXXXBBBBXXXXXXXXXXXBBBBBX
          XXXXXXBBB BBBBBBBBBBBBXX gettext(u'Begin a plan') XXXXXXXX
  BBBBB
  BB BBBBB
    XXX XXXXXXXXXXXXX
      BBB BBBB BB BBBBB
        XXXX
          XX XXXXXXXXXXXXXXXXXXXX XXXXXXXXXXXX
          XXXXX XXXXXXXXXXXXXXXXXXX X XXXXXXX
        XXXXX
      BBBBBB
    XXXXX
  BBBB
     gettext(u'Your group has no action plan yet. It begins with a template: sections with a guidance each, which the group fills and changes.') 
    BBBBBBB BBBBBBBBBBBBBBB BBBB BBBBBBBBB BBBB
  BBBBB
BBBBBBBB BBBBBBB
