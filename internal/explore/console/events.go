package console

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"strings"

	"github.com/go-sparta/sparta/internal/files"
)

// eventName matches the names under which events are saved. No such name is a path, a hidden file or an option.
var eventName = regexp.MustCompile(`^[A-Za-z0-9][A-Za-z0-9_-]{0,79}(\.[A-Za-z0-9_-]{1,40})?$`)

// savedEvent is a file in the folder of saved events.
type savedEvent struct {
	Name    string `json:"name"` // without .json
	Size    int64  `json:"size"`
	Version string `json:"version,omitempty"` // changes with the content
	Text    string `json:"text,omitempty"`
}

// savedEvents lists the saved events.
func (c *Console) savedEvents(*http.Request) (any, error) {
	list := []savedEvent{}
	entries, err := os.ReadDir(c.options.EventsDir)
	if err != nil && !errors.Is(err, os.ErrNotExist) {
		return nil, fmt.Errorf("list the saved events: %w", err)
	}
	for _, entry := range entries {
		name, isJSON := strings.CutSuffix(entry.Name(), ".json")
		info, err := entry.Info()
		if err != nil || !isJSON || !info.Mode().IsRegular() || !eventName.MatchString(name) {
			continue
		}
		list = append(list, savedEvent{Name: name, Size: info.Size()})
	}
	return list, nil
}

// savedEvent returns a saved event.
func (c *Console) savedEvent(r *http.Request) (any, error) {
	name := r.PathValue("name")
	content, err := c.readEventFile(name)
	if err != nil {
		return nil, err
	}
	return savedEvent{Name: name, Size: int64(len(content)), Version: version(content), Text: string(content)}, nil
}

// saveEvent saves an event. It replaces a file only if the request names the version that it replaces.
func (c *Console) saveEvent(r *http.Request) (any, error) {
	name := r.PathValue("name")
	if !eventName.MatchString(name) {
		return nil, badName(name)
	}
	content, err := readEvent(r)
	if err != nil {
		return nil, err
	}
	if !bytes.HasSuffix(content, []byte("\n")) {
		content = append(content, '\n')
	}
	c.saving.Lock()
	defer c.saving.Unlock()
	path := filepath.Join(c.options.EventsDir, name+".json")
	replaced := r.URL.Query().Get("version")
	if _, err := os.Lstat(path); err == nil {
		old, err := c.readEventFile(name)
		if err != nil {
			return nil, err
		}
		if version(old) != replaced && !bytes.Equal(old, content) {
			return nil, &problem{http.StatusConflict, display(name) + " exists already, with other content"}
		}
		if err := files.Write(path, content); err != nil {
			return nil, fmt.Errorf("replace %s: %w", display(name), err)
		}
	} else if err := create(path, content); err != nil {
		return nil, fmt.Errorf("save %s: %w", display(name), err)
	}
	return savedEvent{Name: name, Size: int64(len(content)), Version: version(content)}, nil
}

// create writes a file that does not exist.
func create(path string, content []byte) error {
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		return err
	}
	file, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o666)
	if err != nil {
		return err
	}
	_, err = file.Write(content)
	if err = errors.Join(err, file.Close()); err != nil {
		_ = os.Remove(path) // a part of the event is of no use
	}
	return err
}

// readEventFile reads a saved event. Links are not followed out of the folder.
func (c *Console) readEventFile(name string) ([]byte, error) {
	if !eventName.MatchString(name) {
		return nil, badName(name)
	}
	root, err := os.OpenRoot(c.options.EventsDir)
	if err == nil {
		defer root.Close()
		var file *os.File
		if file, err = root.Open(name + ".json"); err == nil {
			defer file.Close()
			return readEventFrom(file, name)
		}
	}
	if errors.Is(err, os.ErrNotExist) {
		return nil, &problem{http.StatusNotFound, display(name) + " does not exist"}
	}
	return nil, fmt.Errorf("read %s: %w", display(name), err)
}

func readEventFrom(file *os.File, name string) ([]byte, error) {
	info, err := file.Stat()
	if err != nil {
		return nil, fmt.Errorf("read %s: %w", display(name), err)
	}
	if !info.Mode().IsRegular() || info.Size() > eventLimit {
		text := fmt.Sprintf("%s is not a file of at most %d bytes", display(name), eventLimit)
		return nil, &problem{http.StatusConflict, text}
	}
	content, err := io.ReadAll(io.LimitReader(file, eventLimit))
	if err != nil {
		return nil, fmt.Errorf("read %s: %w", display(name), err)
	}
	return content, nil
}

// display returns the name of the file of an event, as people see it.
func display(name string) string { return "events/" + name + ".json" }

func badName(name string) error {
	quoted, _ := json.Marshal(name) // text always has an encoding
	return &problem{http.StatusBadRequest, fmt.Sprintf(
		"%s cannot be the name of an event: use at most 80 letters, digits, - and _, and begin with a letter or digit",
		quoted)}
}

func version(content []byte) string {
	sum := sha256.Sum256(content)
	return hex.EncodeToString(sum[:8])
}
