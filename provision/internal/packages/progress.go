package packages

import (
	"io"
	"net/http"
	"os"
	"sync"
	"time"

	"github.com/aws/aws-sdk-go-v2/service/s3"
	"github.com/schollz/progressbar/v3"
	"github.com/sirupsen/logrus"

	"github.com/go-sparta/sparta/provision/internal/terminal"
)

// progress shows how far an upload is: a bar on a terminal, a line before and
// one after it elsewhere.
type progress struct {
	log   *logrus.Entry
	size  int64 // bytes
	began time.Time
	bar   *progressbar.ProgressBar // nil means lines
	mu    sync.Mutex               // guards sent, which parts side by side add to
	sent  int64
}

// startProgress shows where progress is shown: what the log is written to.
func startProgress(log *logrus.Logger, name string, size int64) *progress {
	return newProgress(log, name, size, showsBars(log))
}

func newProgress(log *logrus.Logger, name string, size int64, bar bool) *progress {
	p := &progress{log: log.WithFields(logrus.Fields{"to": name, "bytes": size}), size: size, began: time.Now()}
	if bar && size > 0 {
		p.bar = progressbar.NewOptions64(size,
			progressbar.OptionSetWriter(log.Out),
			progressbar.OptionSetDescription("Uploading"),
			progressbar.OptionShowBytes(true),
			progressbar.OptionSetWidth(30),
			progressbar.OptionThrottle(100*time.Millisecond),
			progressbar.OptionClearOnFinish(),
		)
	} else {
		p.log.Info("Uploading")
	}
	return p
}

// showsBars reports whether a person watches the log.
func showsBars(log *logrus.Logger) bool {
	file, ok := log.Out.(*os.File)
	_, json := log.Formatter.(*logrus.JSONFormatter)
	return ok && terminal.IsTerminal(file) && !json && log.IsLevelEnabled(logrus.InfoLevel) && os.Getenv("TERM") != "dumb"
}

// follow counts what a request sends. What a failed attempt sent does not count.
func (p *progress) follow(options *s3.Options) {
	options.HTTPClient = countingClient{next: options.HTTPClient, progress: p}
}

// countingClient counts the bodies of requests.
type countingClient struct {
	next     s3.HTTPClient
	progress *progress
}

// Do implements s3.HTTPClient.
func (c countingClient) Do(r *http.Request) (*http.Response, error) {
	if r.Body == nil || r.Body == http.NoBody {
		return c.next.Do(r)
	}
	sent := &countedBody{ReadCloser: r.Body, progress: c.progress}
	r.Body = sent
	response, err := c.next.Do(r)
	if err != nil || response.StatusCode >= http.StatusMultipleChoices {
		sent.takeBack()
	}
	return response, err
}

// add moves the bar. It stays short of its end until the upload is over, as it
// does not move back from there.
func (p *progress) add(n int64) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.sent += n
	if p.bar != nil {
		_ = p.bar.Set64(min(p.sent, p.size-1))
	}
}

// end removes the bar and says what came of the upload, unless its error will.
func (p *progress) end(err error) {
	if p.bar != nil {
		_ = p.bar.Clear()
		_ = p.bar.Exit()
	}
	if err == nil {
		p.log.WithField("duration", time.Since(p.began).Round(time.Millisecond).String()).Info("Uploaded")
	}
}

// countedBody counts what is read of a body, until it is taken back.
type countedBody struct {
	io.ReadCloser
	progress *progress

	mu    sync.Mutex // the transport may read on while the attempt is given up
	count int64
	over  bool
}

func (b *countedBody) Read(buffer []byte) (int, error) {
	n, err := b.ReadCloser.Read(buffer)
	b.mu.Lock()
	defer b.mu.Unlock()
	if !b.over {
		b.count += int64(n)
		b.progress.add(int64(n))
	}
	return n, err
}

func (b *countedBody) takeBack() {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.over = true
	b.progress.add(-b.count)
}
