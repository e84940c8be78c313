
XXXXX XXXXXXXXXXXXXXXXXX XXXXXXXXXXXXXXXXXXXXXX
BB BBBBBBBBBBBBBB BBB BBBBBBBBBBBBBB BB BBBBBBBBBB
  BB BBBBBBBBB
    XXXXX XXXXXXXXXXXXXXXXXXX
       ngettext(u'late: was due on %(day)s, %(n)s day ago', u'late: was due on %(day)s, %(n)s days ago', count) 
        SSSSS SSS SSS SS SSSSSSSS SSSSS SSS SSS
      
        PPPPP PPP PPP PP PPPPPPPP PPPPP PPPP PPP
      
    XXXXXXX
  BBBB
    XXXXXX
       gettext(u'due on %(day)s') 
        SSS SS SSSSSSS
      
    XXXXXXX
  BBBBB
BBBBB
