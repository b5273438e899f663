// Package dnszone says to which zone of Route 53 the records of a domain belong.
package dnszone

import (
	"errors"
	"fmt"
	"strings"
)

// Property returns the property of a record that names its zone, with its value. Both are empty without a zone.
func Property(id any, name string) (property string, value any) {
	switch {
	case id != nil:
		return "HostedZoneId", id
	case name != "":
		return "HostedZoneName", strings.TrimSuffix(name, ".") + "."
	}
	return "", nil
}

// Check returns an error if the name of a zone is invalid for domain names. Its text begins with the field.
func Check(id any, zone string, names ...string) error {
	if zone == "" {
		return nil
	}
	if id != nil {
		return errors.New("HostedZoneName has no effect with HostedZoneID: clear one of them")
	}
	plain := strings.ToLower(strings.TrimSuffix(zone, "."))
	for _, name := range names {
		if lower := strings.ToLower(name); lower != plain && !strings.HasSuffix(lower, "."+plain) {
			return fmt.Errorf("HostedZoneName %q is not the zone of %s: use the name of the zone that contains it",
				zone, name)
		}
	}
	return nil
}
