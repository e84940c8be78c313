
BB BBBBBBBBBB BB BBBBBB
   gettext(u'Open until %(day)s') 
    SSSS SSSSS SSSSSSS
  
BBBB BBBBBBBBBB BB BBBBBBBBB
   gettext(u'Withdrawn on %(day)s') 
    SSSSSSSSS SS SSSSSSS
  
BBBB BBBBBBBBBB BB BBBBBBBB
   gettext(u'This review is closed') 
BBBB
   gettext(u'Expired on %(day)s') 
    SSSSSSS SS SSSSSSS
  
BBBBB
