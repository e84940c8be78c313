
BB BBB
  XXXX gettext(u'Another file') XXXXX
BBBBB
XX XXXXXXXXXXXXXX
   gettext(u'Headings, lists, tables, quotations, links and pictures are taken over; fonts, colours and the layout of pages are not. First you see what would come into the text.') 
    SSSSSSSSS SSSSSS SSSSSSS SSSSSSSSSSS SSSSS SSS SSSSSSSS SSS SSSSS SSSSS SSSSSS SSSSSSS SSS SSS SSSSSS SS SSSSS SSS
    SSSS SSSSS SSS SSS SSSS SSSSS SSSS SSSS SSS SSSSS
  
  BB BBB
     gettext(u'A new file takes the place of this one.') 
  BBBBB
XXXX
XXXXX XXXXXXXXXXXXX
      XXXXXXXXBBB BBBBBBBBBBBBB BBBBBBBX
      XXXXXXXXXXXXXXXXXXXXXXXXXXXXX
      XXXXXXXXXXXXXXXXXXX
      XXXXXXXXXXX
  BBBBBBBBBB
  
  XX XXXXXXXXXXXXXXXX
    XXXXXXX XXXXXXXXXXXXX
            XXXXXXXXXX BB BBBBBBBBBBBBXXXXXXXXXXXXXBBBBXXXXXXXXXXXBBBBBXX gettext(u'Read the file') XXXXXXXXX
    XX XXXXXXXX gettext(u'Back to the text') XXXX
  XXXX
XXXXXXX
