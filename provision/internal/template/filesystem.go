package template

import (
	"github.com/go-sparta/sparta/cloudformation"
	"github.com/go-sparta/sparta/provision/internal/iam"
	"github.com/go-sparta/sparta/provision/internal/show"
)

// fileSystems are mounted below /mnt.
type fileSystems struct{ absent }

func (fileSystems) configure(f function, resource *cloudformation.Resource) {
	var list []map[string]any
	for _, system := range f.options.FileSystemConfigs {
		list = append(list, map[string]any{"Arn": system.Arn, "LocalMountPath": system.LocalMountPath})
	}
	if len(list) > 0 {
		resource.Properties["FileSystemConfigs"] = list
	}
}

func (fileSystems) statements(f function) []map[string]any {
	var statements []map[string]any
	for _, system := range f.options.FileSystemConfigs {
		// These actions need the ARN of the file system, which is not known from that of its access point.
		const systems cloudformation.Sub = "arn:${AWS::Partition}:elasticfilesystem:" +
			"${AWS::Region}:${AWS::AccountId}:file-system/*"
		statement := iam.Allow(systems, "elasticfilesystem:ClientMount", "elasticfilesystem:ClientWrite")
		statement["Condition"] = map[string]any{
			"StringEquals": map[string]any{"elasticfilesystem:AccessPointArn": system.Arn},
		}
		statements = append(statements, statement)
	}
	return statements
}

func (fileSystems) permissions() []string { return []string{"elasticfilesystem:DescribeMountTargets"} }

func (fileSystems) neighbours(f function) []show.Neighbour {
	var neighbours []show.Neighbour
	for _, system := range f.options.FileSystemConfigs {
		arn := show.Expression(system.Arn)
		neighbours = append(neighbours, show.Neighbour{Title: arn, Subtitle: "file system"})
	}
	return neighbours
}

func (fileSystems) facts(f function) []show.Fact {
	var facts []show.Fact
	for _, system := range f.options.FileSystemConfigs {
		facts = append(facts, show.Fact{
			Name: "File system at " + system.LocalMountPath, Value: show.Expression(system.Arn),
		})
	}
	return facts
}
