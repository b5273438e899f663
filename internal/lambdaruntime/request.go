package lambdaruntime

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"
)

// request is one HTTP request of the process. It is read without net/http and
// net, which every magefile that imports spartamage would otherwise be linked
// with: that doubles the time that mage takes to start a target.
type request struct {
	method  string
	path    string // as sent: none of ours has escapes
	header  fields
	trailer fields // once the body is read
	length  int64  // of the body, in bytes; -1 if it comes in chunks
	body    io.Reader
}

// readRequest reads a request up to its body.
func readRequest(in *bufio.Reader) (*request, error) {
	line, err := readLine(in)
	if err != nil {
		return nil, err
	}
	method, rest, _ := strings.Cut(line, " ")
	target, protocol, _ := strings.Cut(rest, " ")
	if !strings.HasPrefix(protocol, "HTTP/1.") {
		return nil, fmt.Errorf("request line %q is not HTTP/1", line)
	}
	path, _, _ := strings.Cut(target, "?")
	r := &request{method: method, path: path, header: fields{}, trailer: fields{}}
	if err := r.header.read(in); err != nil {
		return nil, err
	}
	if strings.EqualFold(r.header.get("Transfer-Encoding"), "chunked") {
		r.length, r.body = -1, &chunks{in: in, trailer: r.trailer}
		return r, nil
	}
	if length := r.header.get("Content-Length"); length != "" {
		if r.length, err = strconv.ParseInt(length, 10, 64); err != nil || r.length < 0 {
			return nil, fmt.Errorf("content length %q is no number of bytes", length)
		}
	}
	r.body = io.LimitReader(in, r.length)
	return r, nil
}

// fields are those of a header or trailer, by their names in lower case.
type fields map[string]string

func (f fields) get(name string) string { return f[strings.ToLower(name)] }

// read reads up to and including the empty line.
func (f fields) read(in *bufio.Reader) error {
	for {
		line, err := readLine(in)
		if err != nil || line == "" {
			return err
		}
		name, value, found := strings.Cut(line, ":")
		if !found || name == "" || strings.ContainsAny(name, " \t") {
			return fmt.Errorf("header line %q is malformed", line)
		}
		f[strings.ToLower(name)] = strings.TrimSpace(value)
	}
}

// readLine reads a line, without its end.
func readLine(in *bufio.Reader) (string, error) {
	line, err := in.ReadString('\n')
	if err != nil {
		return "", err
	}
	return strings.TrimSuffix(line[:len(line)-1], "\r"), nil
}

// last tells whether the process closes the connection after this request.
func (r *request) last() bool { return strings.EqualFold(r.header.get("Connection"), "close") }

// chunks reads a body in chunked transfer coding, and the trailer behind it.
type chunks struct {
	in      *bufio.Reader
	trailer fields
	left    int64 // of the current chunk
	begun   bool
	err     error
}

var errChunk = errors.New("malformed chunk")

// Read implements io.Reader.
func (c *chunks) Read(p []byte) (int, error) {
	if c.left == 0 && c.err == nil {
		c.err = c.next()
	}
	if c.err != nil {
		return 0, c.err
	}
	n, err := c.in.Read(p[:min(int64(len(p)), c.left)])
	c.left -= int64(n)
	if err == io.EOF {
		err = io.ErrUnexpectedEOF
	}
	c.err = err
	return n, err
}

// next reads the size of the next chunk; after the last one, the trailer.
func (c *chunks) next() error {
	if c.begun { // the line break behind a chunk
		if line, err := readLine(c.in); err != nil || len(line) > 0 {
			return errors.Join(errChunk, err)
		}
	}
	c.begun = true
	line, err := readLine(c.in)
	if err != nil {
		return errors.Join(errChunk, err)
	}
	size, _, _ := strings.Cut(line, ";")
	if c.left, err = strconv.ParseInt(strings.TrimSpace(size), 16, 64); err != nil || c.left < 0 {
		return errChunk
	}
	if c.left > 0 {
		return nil
	}
	if err := c.trailer.read(c.in); err != nil {
		return errors.Join(errChunk, err)
	}
	return io.EOF
}
