
BB BBBBBBBBBBBBBB
  XXXX gettext(u'Pictures without a description') XXXXX
  XXX XXXXXXXXXXX XXXXXXXXXX
    BBB BBBB BBBBB BBBBBBB BB BBBBBBBBBB
      XXXX
        XXXX XXXXXXXXXXXXXXXXXXXXXXXX
          XXXX XXXXXX
               XXXXX gettext(u'Picture %(n)s of the file') SSSSSSS SSSSS SS SSS SSSSX
               XXXXXXXXXXXXXXX
        XXXXXX
        XXXX XXXXXXXXXXXXXXXXXXXXXXXX
          
          
        XXXXXX
      XXXXX
    BBBBBB
  XXXXX
BBBBB
