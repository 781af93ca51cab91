internal import ArgumentParser
internal import Spiking

/// All types by kind, each with its parameters, and all subcommands.
struct CatalogueSummary: Summary {
  let types: [String: [TypeSummary]]
  let subcommands: [Subcommand]

  struct Subcommand: Encodable {
    let name: String
    let abstract: String
  }

  init() {
    types = Dictionary(
      uniqueKeysWithValues: CatalogueKind.allCases.map { kind in
        (
          kind.rawValue,
          zip(Catalogue.current.names(kind), Catalogue.current[kind]).map {
            TypeSummary($0, kind, $1)
          }
        )
      })
    subcommands = SpikingCommand.configuration.subcommands.map {
      Subcommand(
        name: $0.configuration.commandName ?? "", abstract: $0.configuration.abstract)
    }
  }

  var lines: [String] {
    CatalogueKind.allCases.flatMap { kind in
      ["\(kind.rawValue):"] + (types[kind.rawValue] ?? []).map { "  \($0.line)" }
    } + ["subcommand:"] + subcommands.map { "  \($0.name): \($0.abstract)" }
  }
}
