
BBBBBBB BBBBBBBBBBB

BBBBB BBBBB
   gettext(u'Open a vote') 
BBBBBBBB
BBBBB BBBBBBB
  XX XXXXXXXXXXXXXXXX XXXXXXBBB BBBBBBBBBBBBBB BBBBBBBBBXX gettext(u'Review and approval') XXXXXXXX
  BBBBBBB BBBBBBBBBBBBBBBBBBBBBBB BBBB BBBBBBBBB BBBB
  XXXX gettext(u'Open a vote') XXXXX
  XXXX XXXXXXXXXXXXXX
    XXX
       ngettext(u'%(n)s person may vote: coordination and editors of today. %(quorum)s %% must vote, and more than %(majority)s %% of those who vote yes or no must be in favour.', u'%(n)s people may vote: coordination and editors of today. %(quorum)s %% of them must vote, and more than %(majority)s %% of those who vote yes or no must be in favour.', count) 
        SSSSS SSSSSS SSS SSSSS SSSSSSSSSSSS SSS SSSSSSS SS SSSSSS SSSSSSSSSS SS SSSS SSSSS SSS SSSS SSSS SSSSSSSSSSSS SS SS SSSSS SSS SSSS SSS SS SS SSSS SS SS SSSSSSS
      
        PPPPP PPPPPP PPP PPPPP PPPPPPPPPPPP PPP PPPPPPP PP PPPPPP PPPPPPPPPP PP PP PPPP PPPP PPPPP PPP PPPP PPPP PPPPPPPPPPPP PP PP PPPPP PPP PPPP PPP PP PP PPPP PP PP PPPPPPP
      
    XXXX
    XXX gettext(u'It is about the plan as it stands now: that state of each text is kept. These rules stay the same until the vote is over.') XXXX
  XXXXXX
  XXXXX XXXXXXXXXXXXX XXXXXXXXXXXXXXXXXXX XXXXXXXXXXX
    BBBBBBBBBB
    
    XX XXXXXXXXXXXXXXXX
      XXXXXXX XXXXXXXXXXXXX XXXXXXXXXX XXXXXXXXXXXXX gettext(u'Open the vote') XXXXXXXXX
      XX XXXXXXBBB BBBBBBBBBBBBBB BBBBBBBBBXX gettext(u'Leave it as it is') XXXX
    XXXX
  XXXXXXX
BBBBBBBB BBBBBBB
