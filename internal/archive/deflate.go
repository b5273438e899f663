package archive

import (
	"bytes"
	"compress/flate"
	"io"
	"runtime"
	"sync"
)

// level is the compression level. Higher levels take too much time for a build after every change. On a busy machine,
// a Go library of 7.1 MB took 134 ms and became 3.16 MB at level 1, 258 ms and 2.91 MB at level 4, and 652 ms
// and 2.85 MB at level 6.
const level = 4

// chunkSize is the number of bytes that a processor compresses at a time. Another size would change the bytes
// of our archives. The chunks make that library 0.2 % larger.
const chunkSize = 512 << 10

// maxWorkers limits the use of memory: each worker needs about 2 MB.
const maxWorkers = 16

// deflater compresses chunks in parallel and joins them to one ordinary deflate stream, whose bytes do not
// depend on the number of processors.
type deflater struct {
	workers int
	free    sync.Pool // of *chunk: its flate.Writer takes 0.8 MB
}

func newDeflater() *deflater {
	return &deflater{workers: min(runtime.GOMAXPROCS(0), maxWorkers)}
}

// stream is a zip.Compressor.
func (d *deflater) stream(out io.Writer) (io.WriteCloser, error) {
	first, err := d.chunk()
	if err != nil {
		return nil, err
	}
	return &stream{deflater: d, out: out, filling: first}, nil
}

func (d *deflater) chunk() (*chunk, error) {
	if c, ok := d.free.Get().(*chunk); ok {
		c.in = c.in[:0]
		c.out.Reset()
		return c, nil
	}
	w, err := flate.NewWriter(nil, level)
	if err != nil {
		return nil, err
	}
	return &chunk{flate: w, done: make(chan error, 1)}, nil
}

// stream is the compression of one file. It is used by one goroutine, and leaves no goroutine blocked if it is
// abandoned after an error.
type stream struct {
	*deflater
	out     io.Writer
	filling *chunk
	running []*chunk // in the file's order
}

func (s *stream) Write(p []byte) (int, error) {
	written := len(p)
	for len(p) > 0 {
		// A full chunk is started with the next byte: until then it may be the last.
		if len(s.filling.in) == chunkSize {
			if err := s.start(false); err != nil {
				return 0, err
			}
			next, err := s.chunk()
			if err != nil {
				return 0, err
			}
			s.filling = next
		}
		n := min(len(p), chunkSize-len(s.filling.in))
		s.filling.in = append(s.filling.in, p[:n]...)
		p = p[n:]
	}
	return written, nil
}

func (s *stream) Close() error {
	if err := s.start(true); err != nil {
		return err
	}
	for len(s.running) > 0 {
		if err := s.finish(); err != nil {
			return err
		}
	}
	return nil
}

// start compresses the filled chunk when a worker is free.
func (s *stream) start(last bool) error {
	if len(s.running) == s.workers {
		if err := s.finish(); err != nil {
			return err
		}
	}
	c := s.filling
	s.running = append(s.running, c)
	go func() { c.done <- c.compress(last) }()
	return nil
}

// finish writes the oldest running chunk.
func (s *stream) finish() error {
	c := s.running[0]
	s.running = s.running[1:]
	if err := <-c.done; err != nil {
		return err
	}
	if _, err := s.out.Write(c.out.Bytes()); err != nil {
		return err
	}
	s.free.Put(c)
	return nil
}

type chunk struct {
	in    []byte
	out   bytes.Buffer
	flate *flate.Writer
	done  chan error
}

// compress ends the stream with the last chunk, and every other chunk at a byte boundary.
func (c *chunk) compress(last bool) error {
	c.flate.Reset(&c.out)
	if _, err := c.flate.Write(c.in); err != nil {
		return err
	}
	if last {
		return c.flate.Close()
	}
	return c.flate.Flush()
}
