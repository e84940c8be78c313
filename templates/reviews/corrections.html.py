
BBB BBB BB BBBBBBBBBBB
  XX XXXXXXXXXXXXXX
     _("former member")  gettext(u'Corrected on %(day)s by %(who)s: %(reason)s') 
      SSSSSSSSS SS SSSSSSS SS SSSSSSSS SSSSSSSSSS
    
    BBB BBBBB BBBBB BB BBBBBBBBB
      XXXX
       gettext(u'%(name)s before: %(value)s') 
        SSSSSSSS SSSSSSS SSSSSSSSS
      
    BBBBBB
  XXXX
BBBBBB
