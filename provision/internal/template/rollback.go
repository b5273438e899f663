package template

import (
	"maps"
	"strings"
	"time"

	"github.com/go-sparta/sparta/cloudformation"
)

// RollbacksParameter is a parameter that says which aliases cgo:rollback has moved, so that a later deployment knows.
const RollbacksParameter = "SpartaRollbacks"

// RollbacksDescription describes RollbacksParameter.
const RollbacksDescription = "Aliases that cgo:rollback has moved: version since, version before, its resource, time"

// Rollback says that cgo:rollback has moved an alias.
type Rollback struct {
	Alias   string // logical ID
	Version string // that the alias refers to since
	From    string // the newest version
	Newest  string // logical ID of that version's resource
	At      time.Time
}

// FormatRollbacks writes a value of RollbacksParameter.
func FormatRollbacks(rollbacks []Rollback) string {
	var entries []string
	for _, r := range rollbacks {
		fields := []string{r.Alias, r.Version, r.From, r.Newest, r.At.UTC().Format(time.RFC3339)}
		entries = append(entries, strings.Join(fields, " "))
	}
	return strings.Join(entries, ", ")
}

// ReadRollbacks reads a value of RollbacksParameter. It leaves out what FormatRollbacks has not written.
func ReadRollbacks(text string) []Rollback {
	var rollbacks []Rollback
	for entry := range strings.SplitSeq(text, ", ") {
		fields := strings.Split(entry, " ")
		if len(fields) != 5 {
			continue
		}
		at, err := time.Parse(time.RFC3339, fields[4])
		if err == nil {
			rollbacks = append(rollbacks, Rollback{fields[0], fields[1], fields[2], fields[3], at})
		}
	}
	return rollbacks
}

// KeepRollbacks returns the template with the aliases where cgo:rollback has moved them, as long as the newest version
// is the one that they were moved away from: deploying it again must not bring it back. The other rollbacks have ended:
// the alias moves to a newer version. Those of aliases that the template does not have are in neither list. The given
// template stays as it is.
func KeepRollbacks(
	document *cloudformation.Template, rollbacks []Rollback,
) (result *cloudformation.Template, kept, ended []Rollback) {
	changed := *document
	changed.Resources, changed.Parameters = maps.Clone(document.Resources), maps.Clone(document.Parameters)
	for _, r := range rollbacks {
		alias := document.Resources[r.Alias]
		if alias == nil || alias.Type != AliasType {
			continue
		}
		if alias.Properties["FunctionVersion"] != (cloudformation.GetAtt{r.Newest, "Version"}) {
			ended = append(ended, r)
			continue
		}
		moved := *alias
		moved.Properties = maps.Clone(alias.Properties)
		moved.Properties["FunctionVersion"] = r.Version
		changed.Resources[r.Alias] = &moved
		kept = append(kept, r)
	}
	if len(kept) == 0 {
		return document, nil, ended
	}
	value := FormatRollbacks(kept)
	changed.Parameters[RollbacksParameter] = cloudformation.Parameter{
		Type:        "String",
		Default:     &value,
		Description: RollbacksDescription,
	}
	return &changed, kept, ended
}
