package lambdaruntime

import (
	"fmt"
	"io"
	"os"
	"sync"
	"sync/atomic"
	"time"
)

// output passes on what a process writes to a pipe. Unlike the copy that exec.Cmd makes, it can be flushed.
type output struct {
	reader *os.File
	writer *os.File // the process's end
	copied chan struct{}
	over   atomic.Bool // nothing more is read, even if the pipe is never empty

	mu     sync.Mutex // held while the pipe is read and its content written to out
	out    io.Writer
	buffer []byte
}

// connect connects the process's output with these writers. Nil discards it, and a file is the process's own.
func (i *instance) connect(stdout, stderr io.Writer) error {
	var err error
	if i.cmd.Stdout, err = i.pipe(stdout); err != nil {
		return err
	}
	if same(stdout, stderr) {
		i.cmd.Stderr = i.cmd.Stdout
		return nil
	}
	i.cmd.Stderr, err = i.pipe(stderr)
	return err
}

// pipe returns what the process writes to so that out receives it.
func (i *instance) pipe(out io.Writer) (io.Writer, error) {
	if _, isFile := out.(*os.File); isFile || out == nil {
		return out, nil
	}
	reader, writer, err := os.Pipe()
	if err != nil {
		for _, o := range i.outputs {
			o.close()
		}
		return nil, fmt.Errorf("read its output: %w", err)
	}
	o := &output{
		reader: reader,
		writer: writer,
		copied: make(chan struct{}),
		out:    out,
		buffer: make([]byte, 16<<10),
	}
	i.outputs = append(i.outputs, o)
	return writer, nil
}

// started begins to read the output, if the process has started.
func (o *output) started(ok bool) {
	if !ok {
		o.close()
		close(o.copied)
		return
	}
	_ = o.writer.Close()
	go func() {
		defer close(o.copied)
		o.copy()
	}()
}

// end reads the rest of the output of a process that has ended, for at most the given time.
func (o *output) end(limit time.Duration) {
	timer := time.AfterFunc(limit, func() {
		o.over.Store(true)
		_ = o.reader.Close()
	})
	<-o.copied
	timer.Stop()
	_ = o.reader.Close()
}

func (o *output) close() {
	_ = o.reader.Close()
	_ = o.writer.Close()
}
