
XX XXXXXXXXXXXXX
   ngettext(u'%(approved)s of %(n)s section is agreed.', u'%(approved)s of %(n)s sections are agreed.', count) 
    SSSSSSSSSSSS SS SSSSS SSSSSSS SS SSSSSSS
  
    PPPPPPPPPPPP PP PPPPP PPPPPPPP PPP PPPPPPP
  
  BB BBBBBBBBBBBBBBB
     ngettext(u'%(n)s is in review.', u'%(n)s are in review.', count) 
      SSSSS SS SS SSSSSSS
    
      PPPPP PPP PP PPPPPPP
    
  BBBBB
  BB BBBBBBBBBB
    XXXXXXX XXXXXXXXXXXXXXXXXXX
       ngettext(u'%(n)s is late.', u'%(n)s are late.', count) 
        SSSSS SS SSSSS
      
        PPPPP PPP PPPPP
      
    XXXXXXXXX
  BBBBB
XXXX
