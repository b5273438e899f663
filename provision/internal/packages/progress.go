package packages

import (
	"io"
	"net/http"
	"sync"
	"time"

	"github.com/aws/aws-sdk-go-v2/service/s3"
	"github.com/schollz/progressbar/v3"
	"github.com/sirupsen/logrus"

	live "github.com/go-sparta/sparta/internal/progress"
)

// progress shows how far an upload is: a bar on a terminal, elsewhere a line before it and a line after it.
type progress struct {
	log   *logrus.Entry
	size  int64 // bytes
	began time.Time
	bar   *progressbar.ProgressBar // nil means lines
	mu    sync.Mutex               // guards sent, to which parts are added side by side
	sent  int64
}

// startProgress shows progress where the log is written.
func startProgress(log *logrus.Logger, name string, size int64) *progress {
	return newProgress(log, name, size, live.IsLive(log))
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

// follow counts the bytes that a request sends, without those of failed attempts.
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

// add moves the bar. The bar stays short of its end until the upload is over, because it cannot move back from there.
func (p *progress) add(n int64) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.sent += n
	if p.bar != nil {
		_ = p.bar.Set64(min(p.sent, p.size-1))
	}
}

// end removes the bar and logs that the upload succeeded, if it did.
func (p *progress) end(err error) {
	if p.bar != nil {
		_ = p.bar.Clear()
		_ = p.bar.Exit()
	}
	if err == nil {
		p.log.WithField("duration", time.Since(p.began).Round(time.Millisecond).String()).Info("Uploaded")
	}
}

// countedBody counts what is read of a body.
type countedBody struct {
	io.ReadCloser
	progress *progress

	mu    sync.Mutex // the transport may still read while the attempt is taken back
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

// takeBack subtracts what was counted, and ends the counting.
func (b *countedBody) takeBack() {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.over = true
	b.progress.add(-b.count)
}
