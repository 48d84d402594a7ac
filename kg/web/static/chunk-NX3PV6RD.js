var n=t=>t.normalize("NFKD").replace(/\p{Diacritic}/gu,"").toLowerCase();export{n as a};
