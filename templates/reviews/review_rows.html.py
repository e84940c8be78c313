
XXX XXXXXXXXXXXXX
  BBB BBBBBB BB BBBBBBB
    XXXX
      XXXXX
        XX XXXXXXXXXXXXXXXXXXXXXXX XXXXXXXX
          BB BBBBBBBBBBBBBBB
             gettext(u'Review of the whole plan') 
          BBBB
             gettext(u'Review of some sections') 
          BBBBB
        XXXX
        XXXXX XXXXXXXXXXXXXXXXXXXXXXX
           gettext(u'%(answered)s of %(asked)s have answered') 
            SSSSSSSSSSSS SS SSSSSSSSS SSSS SSSSSSSS
          
          X
           ngettext(u'%(said)s statement', u'%(said)s statements', count) 
            SSSSSSSS SSSSSSSSS
          
            PPPPPPPP PPPPPPPPPP
          
        XXXXXXX
      XXXXXX
      XXXXX XXXXXXXXXXXXXXXXXXXBBBBBBB BBBBBBBBBBBBBBBBBBBBBBBBBBB BBBB BBBBBBBBBBBBB BBBBXXXXXXX
    XXXXX
  BBBBB
    XXX XXXXXXXXXXXXXX gettext(u'Nobody has been asked to look through the plan yet.') XXXXX
  BBBBBB
XXXXX
