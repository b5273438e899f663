package console

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"strings"

	"github.com/go-sparta/sparta/internal/files"
)

// eventName matches the names under which events are saved. No such name is a path, a hidden file or an option.
var eventName = regexp.MustCompile(`^[A-Za-z0-9][A-Za-z0-9_-]{0,79}(\.[A-Za-z0-9_-]{1,40})?$`)

// deviceName matches names that mean devices on Windows, with every extension: git could not check the file out there.
var deviceName = regexp.MustCompile(`^(?i:aux|con|nul|prn|com\d|lpt\d)(\.|$)`)

func isEventName(name string) bool {
	return eventName.MatchString(name) && !deviceName.MatchString(name)
}

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
		if err != nil || !isJSON || !info.Mode().IsRegular() || !isEventName(name) {
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
	if !isEventName(name) {
		return nil, badName(name)
	}
	content, err := readEvent(r)
	if err != nil {
		return nil, err
	}
	if !bytes.HasSuffix(content, []byte("\n")) && len(content) < eventLimit {
		content = append(content, '\n')
	}
	c.saving.Lock()
	defer c.saving.Unlock()
	path := filepath.Join(c.options.EventsDir, name+".json")
	replaced := r.URL.Query().Get("version")
	if info, err := os.Lstat(path); err == nil {
		if info.Mode()&os.ModeSymlink != 0 {
			return nil, &problem{http.StatusConflict, display(name) + " is a link: save the event under another name"}
		}
		old, err := c.readEventFile(name)
		if err != nil {
			return nil, err
		}
		if version(old) != replaced && !bytes.Equal(old, content) {
			return nil, &problem{http.StatusConflict, display(name) + " exists already, with other content"}
		}
		if err := replace(path, info, content); err != nil {
			return nil, fmt.Errorf("replace %s: %w", display(name), err)
		}
	} else if err := create(path, content); err != nil {
		return nil, fmt.Errorf("save %s: %w", display(name), err)
	}
	return savedEvent{Name: name, Size: int64(len(content)), Version: version(content)}, nil
}

// replace replaces a file. What only its owner may read stays so.
func replace(path string, old os.FileInfo, content []byte) error {
	if old.Mode().Perm()&0o077 == 0 {
		return files.WritePrivate(path, content)
	}
	return files.Write(path, content)
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
	if !isEventName(name) {
		return nil, badName(name)
	}
	root, err := os.OpenRoot(c.options.EventsDir)
	if err == nil {
		defer root.Close()
		var content []byte
		if content, err = readFile(root, name+".json", eventLimit); err == nil {
			return content, nil
		}
		if info, err := root.Lstat(name + ".json"); err == nil && info.Mode()&os.ModeSymlink != 0 {
			text := display(name) + " is a link to what is not a file in events/: only such links are followed"
			return nil, &problem{http.StatusConflict, text}
		}
	}
	switch {
	case errors.Is(err, os.ErrNotExist):
		return nil, &problem{http.StatusNotFound, display(name) + " does not exist"}
	case errors.As(err, new(*noFileError)):
		return nil, &problem{http.StatusConflict, display(name) + " is " + err.Error()}
	}
	return nil, fmt.Errorf("read %s: %w", display(name), err)
}

// display returns the name of the file of an event, as people see it.
func display(name string) string { return "events/" + name + ".json" }

func badName(name string) error {
	quoted, _ := json.Marshal(name) // text always has an encoding
	if deviceName.MatchString(name) {
		return &problem{http.StatusBadRequest, fmt.Sprintf(
			"%s cannot be the name of an event: on Windows it means a device. Use another", quoted)}
	}
	return &problem{http.StatusBadRequest, fmt.Sprintf(
		"%s cannot be the name of an event: use at most 80 letters, digits, - and _, and begin with a letter or digit",
		quoted)}
}

func version(content []byte) string {
	sum := sha256.Sum256(content)
	return hex.EncodeToString(sum[:8])
}
