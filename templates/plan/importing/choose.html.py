
BB BBB
  XXXX gettext(u'Another file') XXXXX
BBBBB
XX XXXXXXXXXXXXXX
   gettext(u'A plan that is written already becomes sections: each heading of the first level one, each of the second level a part of it. First you see where everything would go, and choose.') 
    S SSSS SSSS SS SSSSSSS SSSSSSS SSSSSSS SSSSSSSSS SSSS SSSSSSS SS SSS SSSSS SSSSS SSSS SSSS SS SSS SSSSSS SSSSS S SSSS
    SS SSS SSSSS SSS SSS SSSSS SSSSSSSSSS SSSSS SSS SSS SSSSSSS
  
  BB BBB
     gettext(u'A new file takes the place of this one.') 
  BBBBB
XXXX
XXXXX XXXXXXXXXXXXX
      XXXXXXXXBBB BBBBBBBBBBBBB BBBBBBBBBX
      XXXXXXXXXXXXXXXXXXXXXXXXXXXXX
      XXXXXXXXXXXXXXXXXXX
      XXXXXXXXXXX
  BBBBBBBBBB
  
  XX XXXXXXXXXXXXXXXX
    XXXXXXX XXXXXXXXXXXXX
            XXXXXXXXXX BB BBBBBBBBBBBBXXXXXXXXXXXXXBBBBXXXXXXXXXXXBBBBBXX gettext(u'Read the file') XXXXXXXXX
    XX XXXXXXXX gettext(u'Back to the plan') XXXX
  XXXX
XXXXXXX
