package dnszone

import (
	"fmt"
	"testing"
)

func TestZones(t *testing.T) {
	for name, test := range map[string]struct {
		id       any
		zone     string
		property string
		fail     string
	}{
		"none":       {nil, "", " <nil>", ""},
		"an ID":      {"Z1", "", "HostedZoneId Z1", ""},
		"a name":     {nil, "example.com", "HostedZoneName example.com.", ""},
		"a root":     {nil, "example.com.", "HostedZoneName example.com.", ""},
		"upper case": {nil, "Example.COM", "HostedZoneName Example.COM.", ""},
		"itself":     {nil, "www.example.com", "HostedZoneName www.example.com.", ""},
		"both": {
			"Z1", "example.com", "HostedZoneId Z1",
			"HostedZoneName has no effect with HostedZoneID: clear one of them",
		},
		"another": {
			nil, "example.org", "HostedZoneName example.org.",
			`HostedZoneName "example.org" is not the zone of www.example.com: use the name of the zone that ` +
				"contains it",
		},
		"a suffix": {
			nil, "ample.com", "HostedZoneName ample.com.",
			`HostedZoneName "ample.com" is not the zone of www.example.com: use the name of the zone that contains it`,
		},
	} {
		t.Run(name, func(t *testing.T) {
			property, value := Property(test.id, test.zone)
			if got := fmt.Sprint(property, " ", value); got != test.property {
				t.Errorf("the property is %s, want %s", got, test.property)
			}
			err := Check(test.id, test.zone, "www.example.com")
			if got := fmt.Sprint(err); err == nil && test.fail != "" || err != nil && got != test.fail {
				t.Errorf("the error is %s, want %s", got, test.fail)
			}
		})
	}
}
