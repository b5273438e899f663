package commandline

import (
	"cmp"
	"errors"
	"fmt"
	"os"
	"strings"
	"time"
)

// Check returns an error about values of a command's flags that are wrong whatever the service is. The command is a
// pointer to its struct. Targets call it before they compile the deploy program, which calls it again.
func Check(command any) error {
	if checked, ok := command.(interface{ check() error }); ok {
		return checked.check()
	}
	return nil
}

func (p *Provision) check() error {
	if err := notNegative("-wait", p.Wait); err != nil {
		return err
	}
	if p.InPlace && p.Adopt != "" {
		return errors.New("an update in place does not change the stack's tags, which record its owner: " +
			"use -adopt without -inplace")
	}
	if arn := cmp.Or(p.ServiceRole, os.Getenv("SPARTA_SERVICE_ROLE")); arn != "" && !isRole(arn) {
		return fmt.Errorf("-serviceRole=%s is not the ARN of a role: "+
			"use, for example, arn:aws:iam::123456789012:role/CloudFormation", arn)
	}
	if err := checkBucket(p.S3Bucket, p.NoOp); err != nil {
		return err
	}
	_, err := p.Kept()
	return err
}

const (
	digits    = "0123456789"
	lowerCase = "abcdefghijklmnopqrstuvwxyz"
	upperCase = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
)

// isRole reports whether a text is the ARN of a role: arn:aws:iam::123456789012:role/path/name.
func isRole(arn string) bool {
	parts := strings.Split(arn, ":")
	if len(parts) != 6 || parts[0] != "arn" || parts[2] != "iam" || parts[3] != "" {
		return false
	}
	partition, account := parts[1], parts[4]
	name, ok := strings.CutPrefix(parts[5], "role/")
	return ok && consistsOf(partition, lowerCase+"-") && consistsOf(account, digits) && len(account) == 12 &&
		consistsOf(name, lowerCase+upperCase+digits+"_+=,.@/-")
}

// isVersion reports whether a text is the number of a published version, which Lambda counts from 1.
func isVersion(text string) bool {
	return consistsOf(text, digits) && text[0] != '0' && len(text) <= 18
}

// consistsOf reports whether a text has characters, and all of them are among these.
func consistsOf(text, characters string) bool {
	return text != "" && strings.Trim(text, characters) == ""
}

// Kept returns how many old versions of each function are kept; negative means all.
func (p *Provision) Kept() (int, error) {
	text := cmp.Or(p.KeepVersions, os.Getenv("SPARTA_KEEP_VERSIONS"))
	switch text {
	case "":
		return 5, nil
	case "all":
		return -1, nil
	}
	count := 0
	for _, digit := range text {
		if digit < '0' || digit > '9' || count > 1_000_000 {
			return 0, fmt.Errorf("-keepVersions=%s (SPARTA_KEEP_VERSIONS) must be the number of old versions to keep, "+
				"or all", text)
		}
		count = 10*count + int(digit-'0')
	}
	return count, nil
}

func (r *Rollback) check() error {
	if err := notNegative("-wait", r.Wait); err != nil {
		return err
	}
	if err := checkBucket(r.S3Bucket, r.NoOp); err != nil {
		return err
	}
	if r.Version == "" || isVersion(r.Version) {
		return nil
	}
	if r.Version == "$LATEST" {
		return fmt.Errorf("%s is not a published version: its code could change under the alias: "+
			"use a number that cgo:status -json shows", r.Version)
	}
	return fmt.Errorf("%q is not a version: use a number that cgo:status -json shows", r.Version)
}

func (d *Delete) check() error { return notNegative("-wait", d.Wait) }

func (r *Recover) check() error { return notNegative("-wait", r.Wait) }

func (l *Logs) check() error { return notNegative("-since", l.Since) }

func notNegative(flag string, duration time.Duration) error {
	if duration < 0 {
		return fmt.Errorf("%s must not be negative, got %s: use a duration, for example 15m", flag, duration)
	}
	return nil
}
