package console

import (
	"crypto/sha256"
	"encoding/hex"
	"io"
	"net/http"
	"sync"
)

// drawn is the last picture with its version, which is a hash.
type drawn struct {
	mu               sync.Mutex // guards what follows
	picture, version string
}

// draw returns the picture of the service and its version, which changes with it. Both are empty if there is none.
func (c *Console) draw() (picture, version string) {
	if c.options.Picture != nil {
		picture = c.options.Picture()
	}
	if picture == "" {
		return "", ""
	}
	c.drawn.mu.Lock()
	defer c.drawn.mu.Unlock()
	if picture != c.drawn.picture { // each message to a page asks for the version
		sum := sha256.Sum256([]byte(picture))
		c.drawn.picture, c.drawn.version = picture, hex.EncodeToString(sum[:8])
	}
	return picture, c.drawn.version
}

// picture serves the picture as a document of its own, in which nothing runs.
func (c *Console) picture(w http.ResponseWriter, _ *http.Request) {
	picture, _ := c.draw()
	if picture == "" {
		http.Error(w, "the service has no picture", http.StatusNotFound)
		return
	}
	w.Header().Set("Content-Security-Policy", "sandbox; default-src 'none'; frame-ancestors 'self'")
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	_, _ = io.WriteString(w, picture)
}
