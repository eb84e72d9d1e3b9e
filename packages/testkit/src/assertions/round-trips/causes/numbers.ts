/** As many digits every float keeps. */
const FLOAT_DIGITS = 15;

/** Why a number came back as another text. */
export function numberCause(type: string, written: string, came: string): string | undefined {
  if (!/^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(came)) {
    return 'it is not a number any more: formatted for people?';
  }
  if (type.startsWith('int')) {
    return integerCause(BigInt(written), came) ?? signCause(written, came);
  }
  if (withoutZeros(came) === withoutZeros(written)) {
    return 'the trailing zeros were lost, or others added: it went through Number or parseFloat';
  }
  // The digits of a float may be written out, as toFixed does.
  if (came === String(Number(written)) || (digitsOf(written) > FLOAT_DIGITS && Number(came) === Number(written))) {
    return 'rounded to a float: it went through Number or parseFloat';
  }
  if (came === String(Math.fround(Number(written)))) {
    return 'rounded to a float of 32 bits';
  }
  for (let places = 0; places < placesOf(written); places++) {
    const kept = places === 0 ? 'an integer: parseInt, Math, or an integer on the way' : `${places} places`;
    if (withoutZeros(came) === withoutZeros(cutTo(written, places))) {
      return `cut to ${kept}`;
    }
    if (withoutZeros(came) === withoutZeros(Number(written).toFixed(places))) {
      return `rounded to ${kept}`;
    }
  }
  return signCause(written, came);
}

function signCause(written: string, came: string): string | undefined {
  return Number(came) === -Number(written) ? 'the sign was lost' : undefined;
}

function integerCause(written: bigint, came: string): string | undefined {
  if (came === String(Number(written)) || BigInt(Math.trunc(Number(came))) === BigInt(Number(written))) {
    return 'it went through Number, which is exact up to 9007199254740991 only';
  }
  for (const bits of [16, 32]) {
    if (came === String(BigInt.asIntN(bits, written)) || came === String(BigInt.asUintN(bits, written))) {
      return `cut to ${bits} bits (a bitwise operator such as | 0, or an integer of ${bits / 8} bytes)`;
    }
  }
  return undefined;
}

function digitsOf(text: string): number {
  return text.replaceAll(/\D/g, '').length;
}

function placesOf(text: string): number {
  return /\.(\d*)/.exec(text)?.[1]?.length ?? 0;
}

function cutTo(text: string, places: number): string {
  const [whole = '', fraction = ''] = text.split('.');
  return places === 0 ? whole : `${whole}.${fraction.slice(0, places)}`;
}

function withoutZeros(text: string): string {
  const plain = text.includes('.') ? text.replace(/\.?0+$/, '') : text;
  return plain === '-0' ? '0' : plain;
}
