package publish

import (
	"sync"

	"github.com/schollz/progressbar/v3"
	"github.com/sirupsen/logrus"

	live "github.com/go-sparta/sparta/internal/progress"
	"github.com/go-sparta/sparta/provision/internal/show"
	"github.com/go-sparta/sparta/provision/internal/site"
)

// progress shows how far uploads are: a bar with the name of the file on a terminal, elsewhere a line for each file.
type progress struct {
	log    *logrus.Logger
	bucket string
	mu     sync.Mutex
	bar    *progressbar.ProgressBar // nil means lines
	files  int
	bytes  int64
}

func newProgress(log *logrus.Logger, bucket string, files []site.File) *progress {
	p := &progress{log: log, bucket: bucket}
	var size int64
	for _, file := range files {
		size += file.Size
	}
	if live.IsLive(log) && size > 0 {
		p.bar = progressbar.NewOptions64(size,
			progressbar.OptionSetWriter(log.Out),
			progressbar.OptionShowBytes(true),
			progressbar.OptionSetWidth(30),
			progressbar.OptionClearOnFinish(),
		)
	} else {
		log.Infof("uploading %s of %d bytes to bucket %s", show.Count(len(files), "file"), size, bucket)
	}
	return p
}

// add counts a file that is uploaded.
func (p *progress) add(file site.File) {
	if p == nil {
		return
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	p.files++
	p.bytes += file.Size
	if p.bar == nil {
		p.log.WithFields(logrus.Fields{"file": file.Key, "bytes": file.Size}).Info("Uploaded")
		return
	}
	p.bar.Describe(file.Key)
	_ = p.bar.Add64(file.Size)
}

// end removes the bar, and says what was uploaded.
func (p *progress) end(err error) {
	if p.bar != nil {
		_ = p.bar.Clear()
		_ = p.bar.Exit()
	}
	if err == nil {
		p.log.Infof("uploaded %s of %d bytes to bucket %s", show.Count(p.files, "file"), p.bytes, p.bucket)
	}
}
