
XXX XXXXXXXXXXXXX
  BBB BBBBBBB BB BBBBBBBBBBBB
    XXXX
      XX XXXXXXXXXXXX
      XXXXX XXXXXXXXXXXXXXXXXXX
        BB BBBBBBBBBBBBBBBB
           gettext(u'still empty') 
        BBBB
           ngettext(u'%(n)s word', u'%(n)s words', count) 
            SSSSS SSSS
          
            PPPPP PPPPP
          
        BBBBB
        BB BBBBBBBBBBBBBBBB
          X  gettext(u'older than the original') 
        BBBBB
      XXXXXXX
    XXXXX
  BBBBBB
XXXXX
