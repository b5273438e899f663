package console

import (
	"crypto/sha256"
	"encoding/hex"
	"io"
	"net/http"
)

// drawn returns the picture of the service and its version, which changes with it. Both are empty if there is none.
func (c *Console) drawn() (picture, version string) {
	if c.options.Picture != nil {
		picture = c.options.Picture()
	}
	if picture == "" {
		return "", ""
	}
	sum := sha256.Sum256([]byte(picture))
	return picture, hex.EncodeToString(sum[:8])
}

// picture serves the picture as a document of its own, in which nothing runs.
func (c *Console) picture(w http.ResponseWriter, _ *http.Request) {
	picture, _ := c.drawn()
	if picture == "" {
		http.Error(w, "the service has no picture", http.StatusNotFound)
		return
	}
	w.Header().Set("Content-Security-Policy", "sandbox; default-src 'none'; frame-ancestors 'self'")
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	_, _ = io.WriteString(w, picture)
}
