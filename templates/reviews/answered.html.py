
BB BBBBBBBBBBBBBBB
   gettext(u'answered on %(day)s') 
    SSSSSSSS SS SSSSSSS
  
BBBB
   gettext(u'not yet, asked on %(day)s') 
    SSS SSSS SSSSS SS SSSSSSS
  
  BB BBBBBBBBBBBBBBB
    X
     gettext(u'reminded on %(day)s') 
      SSSSSSSS SS SSSSSSS
    
  BBBBB
BBBBB
