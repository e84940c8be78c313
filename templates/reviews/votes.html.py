
XXX XXXXXXXXXXXXX
  BBB BBB BB BBBBB
    XXXX
      XXXXX
        
        BB BBBBBBBBBB BBB BBB BBBBBBBBBBBBBBBBXXXX XXXXXXXXXXXXXXFFFFFFFFFFFFXXXXXXBBBBB
      XXXXXX
      XXXXX XXXXXXXXXXXXXXXXXXX
        BB BBB BBBBBBBBBB
          BB BBBBBBBBBBBBBBBB
             gettext(u'not yet') 
          BBBB
             gettext(u'has not voted') 
          BBBBB
        BBBB BBBBBBBBBBBBBBBB
           gettext(u'has voted') 
        BBBB
          
        BBBBB
      XXXXXXX
    XXXXX
  BBBBBB
XXXXX
