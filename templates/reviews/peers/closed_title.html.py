
BB BBBBB BB BBBBBBBBB
   gettext(u'This link is not valid') 
BBBB BBBBB BB BBBBBB
   gettext(u'Please wait a while') 
BBBB BBBBB BB BBBBBBBBB
   gettext(u'This link has expired') 
BBBB BBBBB BB BBBBBBBBB
   gettext(u'This link was withdrawn') 
BBBB
   gettext(u'This review is closed') 
BBBBB
