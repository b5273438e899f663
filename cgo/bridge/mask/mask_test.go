package mask

import (
	"math/rand/v2"
	"testing"
)

func TestEachByteInEachPlace(t *testing.T) {
	for i := range Size {
		for c := range 256 {
			text := filled('a')
			text[i] = byte(c)
			agree(t, &text)
			text = filled(byte(c))
			text[i] = 'a'
			agree(t, &text)
		}
	}
}

func TestAnyBytes(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	const bytes = "\x00\x01\x1f !\"#[\\]~\x7f\x80\x81\x9f\xa2\xdc\xff"
	for range 10000 {
		var text [Size]byte
		for i := range text {
			text[i] = bytes[random.IntN(len(bytes))]
		}
		agree(t, &text)
	}
}

func filled(c byte) (text [Size]byte) {
	for i := range text {
		text[i] = c
	}
	return text
}

// agree checks both ways to make masks.
func agree(t *testing.T, text *[Size]byte) {
	t.Helper()
	var ends, escapes, all uint64
	for i, c := range text {
		if c == '"' || c < ' ' {
			ends |= 1 << i
		}
		if c == '\\' {
			escapes |= 1 << i
		}
		all |= uint64(c) << (i % 8 * 8)
	}
	for name, masks := range map[string]func(*[Size]byte) (ends, escapes, all uint64){"Of": Of, "portable": portable} {
		if e, s, a := masks(text); e != ends || s != escapes || a != all {
			t.Fatalf("%s(%q) = %b, %b, %x; want %b, %b, %x", name, text[:], e, s, a, ends, escapes, all)
		}
	}
}

func BenchmarkOf(b *testing.B) { benchmark(b, Of) }

func BenchmarkPortable(b *testing.B) { benchmark(b, portable) }

func benchmark(b *testing.B, masks func(*[Size]byte) (ends, escapes, all uint64)) {
	text := filled('a')
	b.SetBytes(Size)
	for b.Loop() {
		masks(&text)
	}
}
