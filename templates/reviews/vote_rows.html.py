
XXX XXXXXXXXXXXXX
  BBB BBBB BB BBBBB
    XXXX
      XX XXXXXXXXXXXXXXXXXXXXXXX XXXXXXXX
         gettext(u'Vote of %(day)s') 
          SSSS SS SSSSSSS
        
      XXXX
      XXXXX XXXXXXXXXXXXXXXXXXX
        BB BBBBBBBBBBBB
           gettext(u'open until %(day)s') 
            SSSS SSSSS SSSSSSS
          
        BBBB
          
        BBBBB
      XXXXXXX
    XXXXX
  BBBBB
    XXX XXXXXXXXXXXXXX gettext(u'The group has not voted on the plan yet.') XXXXX
  BBBBBB
XXXXX
