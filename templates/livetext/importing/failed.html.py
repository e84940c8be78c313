
XXXX XXXXXXXXXXXXX XXXXXXXXXXXXXXXXXXX
  XX XXXXXXXXXXXXXXXXXXXXXX
     gettext(u'“%(name)s” could not be read') 
      SSSSSSSSSS SSSSS SSS SS SSSS
    
  XXXX
  XXX
    
     gettext(u'The text is as it was.') 
  XXXX
XXXXXX
