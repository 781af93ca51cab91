/// A value that stands with a name at a group or a dataset.
enum HDF5Attribute {
  case text(String)
  case texts([String])
  case real(Double)
  case integer(Int)
  /// A group or a dataset, by its path.
  case reference(String)
}
