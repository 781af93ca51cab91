/// What the commands say of recordings that they read.
enum Recordings {
  static let help = """
    A session (.nwb), events or times (.npz), dense counts (.npy), a table of times and units (.csv, .tsv, .txt), or a \
    folder of a sorter.
    """
}
