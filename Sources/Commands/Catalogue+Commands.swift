public import ArgumentParser
@_exported public import Spiking

extension Catalogue {
  /// The catalogue of the running command.
  @TaskLocal static var current = Catalogue.standard

  /// Subcommands beside those of this package, and in place of those of the same names.
  public var subcommands: [any ParsableCommand.Type] {
    get { subcommandTypes.compactMap { $0 as? any ParsableCommand.Type } }
    set { subcommandTypes = newValue }
  }

  /// The names of a kind, for help.
  func list(_ kind: CatalogueKind) -> String { names(kind).joined(separator: ", ") }
}
