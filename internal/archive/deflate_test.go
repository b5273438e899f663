package archive

import (
	"bytes"
	"compress/flate"
	"errors"
	"io"
	"math/rand/v2"
	"runtime"
	"testing"
)

func TestDeflate(t *testing.T) {
	cases := map[string]int{
		"nothing":                     0,
		"one byte":                    1,
		"one byte less than a chunk":  chunkSize - 1,
		"a chunk":                     chunkSize,
		"one byte more than a chunk":  chunkSize + 1,
		"many chunks and part of one": 3*chunkSize + 12345,
	}
	for name, size := range cases {
		t.Run(name, func(t *testing.T) {
			random := rand.New(rand.NewPCG(1, uint64(size)))
			want := noise(size)
			// The result must not depend on the number of workers or the sizes of the writes.
			var first []byte
			for _, workers := range []int{1, 3} {
				d := &deflater{workers: workers}
				for range 2 { // the second time with reused writers
					got := deflate(t, d, want, 1+random.IntN(2*chunkSize))
					if first == nil {
						first = got
					}
					if !bytes.Equal(got, first) {
						t.Fatalf("the bytes differ with %d workers", workers)
					}
				}
			}
			got, err := io.ReadAll(flate.NewReader(bytes.NewReader(first)))
			if err != nil || !bytes.Equal(got, want) {
				t.Errorf("inflates to %d bytes, %v, want the %d that were deflated", len(got), err, size)
			}
		})
	}
}

// noise returns bytes that compress to half their size, the same ones each time.
func noise(n int) []byte {
	b := make([]byte, n)
	rand.NewChaCha8([32]byte{1}).Read(b)
	for i := range b {
		b[i] &= 0x0f
	}
	return b
}

func deflate(t *testing.T, d *deflater, content []byte, step int) []byte {
	t.Helper()
	var out bytes.Buffer
	w, err := d.stream(&out)
	if err != nil {
		t.Fatal(err)
	}
	for len(content) > 0 {
		n := min(step, len(content))
		if written, err := w.Write(content[:n]); err != nil || written != n {
			t.Fatalf("wrote %d of %d: %v", written, n, err)
		}
		content = content[n:]
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func TestDeflateWorkersAreBounded(t *testing.T) {
	processors := runtime.GOMAXPROCS(0)
	t.Cleanup(func() { runtime.GOMAXPROCS(processors) })
	for given, want := range map[int]int{1: 1, 15: 15, 16: 16, 17: 16, 64: 16} {
		runtime.GOMAXPROCS(given)
		if got := newDeflater().workers; got != want {
			t.Errorf("%d processors: %d workers, want %d", given, got, want)
		}
	}
}

// Chunks hold memory until they are written, whether or not they are still being compressed.
func TestDeflateRunsNoMoreChunksThanWorkers(t *testing.T) {
	const workers = 3
	w, err := (&deflater{workers: workers}).stream(io.Discard)
	if err != nil {
		t.Fatal(err)
	}
	most := 0
	for range 2*workers + 1 {
		if _, err := w.Write(noise(chunkSize)); err != nil {
			t.Fatal(err)
		}
		most = max(most, len(w.(*stream).running))
	}
	if most != workers {
		t.Errorf("up to %d chunks at a time, want %d", most, workers)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
}

func TestDeflateReportsTheWritersError(t *testing.T) {
	full := errors.New("full")
	for name, size := range map[string]int{"while writing": 3 * chunkSize, "at the end": 10} {
		t.Run(name, func(t *testing.T) {
			d := &deflater{workers: 2}
			w, err := d.stream(failing{full})
			if err != nil {
				t.Fatal(err)
			}
			_, err = w.Write(noise(size))
			if err == nil {
				err = w.Close()
			}
			if !errors.Is(err, full) {
				t.Errorf("error is %v, want %v", err, full)
			}
		})
	}
}

type failing struct{ err error }

func (f failing) Write([]byte) (int, error) { return 0, f.err }

func BenchmarkDeflate(b *testing.B) {
	content := noise(9 << 20)
	d := newDeflater()
	b.SetBytes(int64(len(content)))
	for b.Loop() {
		w, err := d.stream(io.Discard)
		if err != nil {
			b.Fatal(err)
		}
		if _, err := w.Write(content); err != nil {
			b.Fatal(err)
		}
		if err := w.Close(); err != nil {
			b.Fatal(err)
		}
	}
}
