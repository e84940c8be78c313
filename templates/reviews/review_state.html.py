
BB BBB BBBBBBBBBBBBBB
   gettext(u'closed on %(day)s') 
    SSSSSS SS SSSSSSS
  
BBBB BBBBBBBBBBBBBB
   gettext(u'open; answers were due by %(day)s') 
    SSSSS SSSSSSS SSSS SSS SS SSSSSSS
  
BBBB
   gettext(u'open until %(day)s') 
    SSSS SSSSS SSSSSSS
  
BBBBB
