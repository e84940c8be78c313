
BB BBBBBBBBBBBBB
  XXXXXBB BBBBBBBBBBBBBBBB XXXXXXXXXXXXXXXXXXBBBBBX
    BB BBBBBBBBBBBBBBBBBBBBBB
       gettext(u'still empty') 
    BBBB BBBBBBBBBBBBBBBBBBBBBBB
       ngettext(u'%(n)s word of about %(limit)s', u'%(n)s words of about %(limit)s', count) 
        SSSSS SSSS SS SSSSS SSSSSSSSS
      
        PPPPP PPPPP PP PPPPP PPPPPPPPP
      
    BBBB
       ngettext(u'%(n)s word', u'%(n)s words', count) 
        SSSSS SSSS
      
        PPPPP PPPPP
      
    BBBBB
  XXXXXXX
BBBBB
