/** Small parts that views share. Texts of documents only ever become text nodes. */
