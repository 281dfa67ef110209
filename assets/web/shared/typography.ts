// French spacing: narrow no-break space before ; ! ? and inside guillemets, no-break space before a colon.
export const typography = (text: string): string =>
  text
    .replace(/ ([;!?»])/g, '\u202f$1')
    .replace(/« /g, '«\u202f')
    .replace(/ :/g, '\u00a0:')
    .replace(/'/g, '\u2019');
